namespace Zotify.Logging.Benchmarks.Floors;

/// <summary>A provider that renders each message and discards it: the least that a snapshot of the message costs.</summary>
internal sealed class FormattingLogging : NullLogging
{
    public override string Name => "null provider that formats";

    protected override Action<string> Take => static _ => { };
}
