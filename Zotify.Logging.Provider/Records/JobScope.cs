using System.Collections;

namespace Zotify.Logging.Records;

/// <summary>
/// The scope of one run of a scheduler's job: <c>job_id</c>, <c>job_type</c>, <c>attempt</c>. Immutable.
/// </summary>
/// <param name="jobId">The job's id; the same for all attempts.</param>
/// <param name="jobType">The job's type.</param>
/// <param name="attempt">Which run of the job it is, from 1.</param>
internal sealed class JobScope(string jobId, string jobType, int attempt) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] _values = [new("job_id", jobId), new("job_type", jobType), new("attempt", attempt)];

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => _values[index];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.AsEnumerable().GetEnumerator();

    /// <summary>What other providers write of the scope.</summary>
    public override string ToString() => string.Join(' ', _values.Select(value => $"{value.Key}:{value.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
