using System.Globalization;
using System.Security.Cryptography;
using Hangfire.Server;

namespace Zotify.Logging.Hangfire;

/// <summary>
/// The id of a job in the log: Hangfire's id, and a number that no other job has. Hangfire's id alone repeats: the storage in memory counts
/// from one at each start, and two storages know nothing of each other. The time of the creation does not help: the storage in memory
/// gives out another one at each reading. So a parameter of the job, which Hangfire stores with it, keeps the number for the retries.
/// </summary>
internal static class JobRunId
{
    private const string ParameterName = "ZotifyRun";

    /// <summary>The job's id; the same for all its attempts.</summary>
    public static string Of(PerformContext context) => $"{context.BackgroundJob.Id}-{Known(context) ?? Add(context)}";

    private static string? Known(PerformContext context)
    {
        try
        {
            return context.GetJobParameter<string>(ParameterName, allowStale: true) is { Length: > 0 } known ? known : null;
        }
        catch (InvalidOperationException)
        {
            // Somebody else's value, or the storage failed.
            return null;
        }
    }

    private static string Add(PerformContext context)
    {
        var added = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))).ToString("x16", CultureInfo.InvariantCulture);
        try
        {
            context.SetJobParameter(ParameterName, added);
        }
        // Any failure of the storage: the job must not fail for its log. A retry is a job of its own then.
#pragma warning disable CA1031
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        return added;
    }
}
