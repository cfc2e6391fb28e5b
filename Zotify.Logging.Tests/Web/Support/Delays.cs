namespace Zotify.Logging.Tests.Web.Support;

/// <summary>The delays of lines, counted by the millisecond. Thread-safe.</summary>
internal sealed class Delays
{
    private readonly long[] _counts = new long[60_000];

    public void Add(TimeSpan delay) => Interlocked.Increment(ref _counts[Math.Clamp((int)delay.TotalMilliseconds, 0, _counts.Length - 1)]);

    /// <summary>The delay in milliseconds, rounded up, that this share of all lines did not exceed.</summary>
    public int Quantile(double share)
    {
        var rest = (long)(_counts.Sum() * share);
        for (var i = 0; i < _counts.Length; i++)
        {
            rest -= _counts[i];
            if (rest <= 0) return i + 1;
        }

        return _counts.Length;
    }
}
