using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Queries;

/// <summary>The number of entries in a period, by level.</summary>
/// <param name="From">The start of the period, in UTC.</param>
/// <param name="To">The end of the period, exclusive.</param>
/// <param name="Count">The number of entries.</param>
/// <param name="Trace">Of level Trace.</param>
/// <param name="Debug">Of level Debug.</param>
/// <param name="Information">Of level Information.</param>
/// <param name="Warning">Of level Warning.</param>
/// <param name="Error">Of level Error.</param>
/// <param name="Critical">Of level Critical.</param>
internal sealed record SystemLogBucket(
    DateTime From, DateTime To, long Count, long Trace, long Debug, long Information, long Warning, long Error, long Critical)
{
    /// <summary>A bucket of counts by level.</summary>
    public static SystemLogBucket Of((DateTime From, DateTime To) period, long[] counts)
    {
        long At(LogLevel level) => counts[(int)level];
        return new SystemLogBucket(
            period.From, period.To, counts.Sum(), At(LogLevel.Trace), At(LogLevel.Debug), At(LogLevel.Information), At(LogLevel.Warning),
            At(LogLevel.Error), At(LogLevel.Critical));
    }
}
