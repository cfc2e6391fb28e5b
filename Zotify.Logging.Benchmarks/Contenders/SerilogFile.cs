using System.Globalization;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Configuration;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>Serilog: a file behind its asynchronous sink. Callers wait while the queue is full.</summary>
internal class SerilogFile : Contender
{
    public override string Name => "Serilog";

    public override Role Role => Role.DeferringPeer;

    public override void Add(ILoggingBuilder builder, string folder)
    {
        var path = Path.Combine(folder, FileName!);
        var logger = new LoggerConfiguration()
            .MinimumLevel.Verbose()
            .WriteTo.Async(sinks => AddFile(sinks, path), bufferSize: 65_536, blockWhenFull: true)
            .CreateLogger();
        builder.AddSerilog(logger, dispose: true);
    }

    /// <summary>Adds the file, with the lines' format.</summary>
    protected virtual void AddFile(LoggerSinkConfiguration sinks, string path) => sinks.File(
        path,
        outputTemplate: "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffffffZ} [{Level:u3}] {SourceContext} {Message:lj}{NewLine}{Exception}",
        formatProvider: CultureInfo.InvariantCulture,
        fileSizeLimitBytes: null,
        buffered: true);
}
