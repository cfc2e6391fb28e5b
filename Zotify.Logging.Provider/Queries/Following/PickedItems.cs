using System.Collections;

namespace Zotify.Logging.Queries;

/// <summary>Some items of a list, without a copy. As thread-safe as the list.</summary>
/// <param name="all">The list.</param>
/// <param name="picked">The indexes of the items, in order.</param>
internal sealed class PickedItems<T>(IReadOnlyList<T> all, IReadOnlyList<int> picked) : IReadOnlyList<T>
{
    /// <inheritdoc/>
    public int Count => picked.Count;

    /// <inheritdoc/>
    public T this[int index] => all[picked[index]];

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < picked.Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
