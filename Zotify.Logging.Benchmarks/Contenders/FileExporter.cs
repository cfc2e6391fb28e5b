using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetryRecord = OpenTelemetry.Logs.LogRecord;

namespace Zotify.Logging.Benchmarks.Contenders;

/// <summary>Writes OpenTelemetry's records as lines into a file, batch by batch.</summary>
internal sealed class FileExporter(string path) : BaseExporter<OpenTelemetryRecord>
{
    private readonly StreamWriter _file = new(path, append: true, new UTF8Encoding(false), bufferSize: 64 * 1024);

    public override ExportResult Export(in Batch<OpenTelemetryRecord> batch)
    {
        Span<char> time = stackalloc char[32];
        foreach (var record in batch)
        {
            record.Timestamp.TryFormat(time, out var length, "O", CultureInfo.InvariantCulture);
            _file.Write(time[..length]);
            _file.Write(" [");
            _file.Write(record.LogLevel.ToString());
            _file.Write("] ");
            _file.Write(record.CategoryName);
            _file.Write(' ');
            _file.WriteLine(record.FormattedMessage);
            if (record.Exception is { } exception) _file.WriteLine(exception);
        }

        _file.Flush();
        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }
}
