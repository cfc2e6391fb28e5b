using System.Collections;

namespace Zotify.Logging.AspNetCore.Common;

/// <summary>
/// The values of a filter, as a log call takes them: a list for whoever reads its properties, and text in its message, where a list would
/// be the name of its type. Immutable.
/// </summary>
/// <param name="values">The values.</param>
internal sealed class FilterValues(IReadOnlyList<string> values) : IReadOnlyList<string>
{
    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public string this[int index] => values[index];

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => values.GetEnumerator();

    /// <summary>The values, separated by commas.</summary>
    public override string ToString() => string.Join(", ", values);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
