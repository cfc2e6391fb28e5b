using Serilog;
using Serilog.Configuration;
using Serilog.Formatting.Json;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>Serilog into a file of JSON lines.</summary>
internal sealed class SerilogJson : SerilogFile
{
    public override string Name => "Serilog, JSON";

    protected override void AddFile(LoggerSinkConfiguration sinks, string path) =>
        sinks.File(new JsonFormatter(renderMessage: true), path, fileSizeLimitBytes: null, buffered: true);
}
