import { Component } from 'htm/preact';

/** @import { ComponentChildren } from 'preact' */

/**
 * A component that is drawn again only when its props are not the same.
 * @template {object} Props
 * @param {(props: Props) => ComponentChildren} draw
 * @param {(before: Props, after: Props) => boolean} isSame
 */
export function memo(draw, isSame) {
  /** @extends {Component<Props>} */
  return class Memo extends Component {
    /**
     * @param {Props} next
     * @override
     */
    shouldComponentUpdate(next) {
      return !isSame(this.props, next);
    }

    /** @override */
    render() {
      return draw(this.props);
    }
  };
}
