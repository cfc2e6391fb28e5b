using System.Reflection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Zotify.Logging.Common;
using Zotify.Logging.Shipping;

namespace Zotify.Logging.Otlp;

/// <summary>Creates the targets. Thread-safe.</summary>
internal sealed class OtlpTargetFactory : IJournalTargetFactory
{
    private readonly OtlpOptions _options;
    private readonly string _service;
    private readonly TimeProvider _time;

    /// <param name="options">The options.</param>
    /// <param name="services">They have the host's environment, if there is one, and the clock.</param>
    public OtlpTargetFactory(IOptions<OtlpOptions> options, IServiceProvider services)
    {
        _options = options.Value;
        var environment = (IHostEnvironment?)services.GetService(typeof(IHostEnvironment));
        _service = _options.ServiceName ?? environment?.ApplicationName ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "unknown_service";
        _time = LoggingClock.Of(services);
    }

    /// <inheritdoc/>
    public string Name => "Otlp";

    /// <inheritdoc/>
    public string Destination =>
        _options.LogsEndpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <inheritdoc/>
    public IJournalTarget Create(ShippedJournal journal) => new OtlpTarget(_options, _service, _time);
}
