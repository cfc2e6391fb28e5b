using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>This project with its journals and their projection, and without the system log, which makes no rows.</summary>
internal sealed class LoggedRows : IRowWriter
{
    private readonly RowKind _kind;
    private readonly ServiceProvider _services;
    private readonly LoggingService _logging;
    private readonly ILogger _logger;

    public LoggedRows(RowKind kind, string file, string folder)
    {
        _kind = kind;
        _services = new ServiceCollection().AddLogging(builder => builder.AddZotify(options =>
        {
            options.Directory = folder;
            options.Database.ConnectionString = $"Data Source={file}";
            options.Handler<FileStreamHandlerOptions>("System").Enabled = false;
        })).BuildServiceProvider();
        _logging = _services.GetRequiredService<LoggingService>();
        _logger = _services.GetRequiredService<ILoggerFactory>().CreateLogger("Zotify.Sync");
    }

    public Task WriteAsync(int count)
    {
        _kind.Log(_logger, count);
        return _logging.FlushAsync(FlushTo.Database);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
