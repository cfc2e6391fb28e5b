using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Zotify.Logging.Benchmarks.Scenarios;

/// <summary>The log calls that are measured, with two integers and a text.</summary>
internal static partial class Calls
{
    private static readonly Exception Failure = Thrown();
    private static readonly KeyValuePair<string, object?>[] Job = [new("job_id", "sync-0198c7f3")];

    /// <summary>The calls by the name of their case.</summary>
    public static IReadOnlyDictionary<string, Action<ILogger, int>> ByCase { get; } = new Dictionary<string, Action<ILogger, int>>
    {
        ["generated"] = static (logger, i) => Downloaded(logger, i, 100_000, "Kind of Blue"),
#pragma warning disable CA2254, CA1848 // The classic way is measured.
        ["template"] = static (logger, i) => logger.LogInformation(
            "Track {Done}/{Total} of {Album} downloaded", i, 100_000, "Kind of Blue"),
#pragma warning restore CA2254, CA1848
        ["scope"] = static (logger, i) =>
        {
            using (logger.BeginScope("Request {RequestId} of {Tenant}", "0HN7GLLP0Q3V1:00000001", i))
                Downloaded(logger, i, 100_000, "Kind of Blue");
        },
        ["exception"] = static (logger, i) => Failed(logger, Failure, i, 100_000, "Kind of Blue"),
        ["disabled"] = static (logger, i) => Traced(logger, i, 100_000, "Kind of Blue"),
        ["ring-trace"] = static (logger, i) =>
        {
            // Costs nothing where it is the current one already.
            Activity.Current = WorkTrace.Activity;
            Traced(logger, i, 100_000, "Kind of Blue");
        },
        ["ring-job"] = static (logger, i) =>
        {
            Activity.Current = null;
            using (logger.BeginScope(Job)) Traced(logger, i, 100_000, "Kind of Blue");
        },
        ["audit"] = static (logger, i) => LoggedIn(logger, "u42", "web", i),
    };

    /// <summary>A source-generated call.</summary>
    [LoggerMessage(7, LogLevel.Information, "Track {Done}/{Total} of {Album} downloaded")]
    public static partial void Downloaded(ILogger logger, int done, int total, string album);

    /// <summary>A source-generated call that is an audit event.</summary>
    public static void SignedIn(ILogger logger, string user, string source, int attempt) => LoggedIn(logger, user, source, attempt);

    [LoggerMessage(8, LogLevel.Error, "Track {Done}/{Total} of {Album} not downloaded")]
    private static partial void Failed(ILogger logger, Exception exception, int done, int total, string album);

    [LoggerMessage(9, LogLevel.Debug, "Track {Done}/{Total} of {Album} looked at")]
    private static partial void Traced(ILogger logger, int done, int total, string album);

    [LoggerMessage(1001, LogLevel.Information, "User {user_id} logged in from {source}, attempt {attempt}", EventName = "user.login")]
    private static partial void LoggedIn(ILogger logger, string user_id, string source, int attempt);

    /// <summary>An exception that was thrown three frames deep.</summary>
    private static InvalidOperationException Thrown()
    {
        try
        {
            Download();
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Download() => Request();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Request() => Connect();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Connect() =>
        throw new InvalidOperationException("The track is not to be had.", new IOException("Connection reset by peer."));
}
