using Microsoft.Extensions.Logging;
using NLog;
using NLog.Config;
using NLog.Extensions.Logging;
using NLog.Layouts;
using NLog.Targets;
using NLog.Targets.Wrappers;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>NLog: a file behind its asynchronous wrapper. Callers wait while the queue is full.</summary>
internal class NLogFile : Contender
{
    public override string Name => "NLog";

    public override Role Role => Role.DeferringPeer;

    /// <summary>The lines' format.</summary>
    protected virtual Layout Lines =>
        "${date:universalTime=true:format=yyyy-MM-ddTHH\\:mm\\:ss.fffffffZ} [${level:format=TriLetter}] "
            + "${logger}[${event-properties:EventId}] ${message}${onexception:${newline}${exception:format=tostring}}";

    public override void Add(ILoggingBuilder builder, string folder)
    {
        var factory = new LogFactory();
        var configuration = new LoggingConfiguration(factory);
        var file =
            new FileTarget("file") { FileName = Path.Combine(folder, FileName!), Layout = Lines, KeepFileOpen = true, AutoFlush = false };
        var queue =
            new AsyncTargetWrapper("queue", file) { OverflowAction = AsyncTargetWrapperOverflowAction.Block, QueueLimit = 65_536, BatchSize = 1_000, TimeToSleepBetweenBatches = 0 };
        configuration.AddRuleForAllLevels(queue);
        factory.Configuration = configuration;
        builder.SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Information);
        builder.AddNLog(new NLogProviderOptions { ShutdownOnDispose = true }, _ => factory);
    }
}
