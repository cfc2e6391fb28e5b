using ZLogger;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>ZLogger, which renders the message later, from the state itself.</summary>
internal sealed class ZLoggerDeferred : ZLoggerFile
{
    public override string Name => "ZLogger, deferred";

    public override Role Role => Role.DeferringPeer;

    protected override void Configure(ZLoggerOptions options)
    {
        base.Configure(options);
        options.IsFormatLogImmediatelyInStandardLog = false;
    }
}
