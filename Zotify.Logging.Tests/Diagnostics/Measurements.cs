using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Zotify.Logging.Monitoring;

namespace Zotify.Logging.Tests.Diagnostics;

/// <summary>Reads the metrics of one container, as an exporter does.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _values = [];
    private readonly Dictionary<string, string> _instruments = [];

    public Measurements(IServiceProvider services)
    {
        var scope = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name != LoggingMetrics.MeterName || instrument.Meter.Scope != scope) return;
            _instruments[instrument.Name] = $"{instrument.GetType().Name.Split('`')[0]} {instrument.Unit}";
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _values[string.Join(' ', tags.ToArray().Select(tag => tag.Value).Prepend(instrument.Name))] = value);
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => _values[instrument.Name] = (long)value);
        _listener.Start();
    }

    /// <summary>Kind and unit of each instrument, by name.</summary>
    public IReadOnlyDictionary<string, string> Instruments => _instruments;

    /// <summary>The current values, by <c>name handler reason</c>.</summary>
    public IReadOnlyDictionary<string, long> Read()
    {
        _values.Clear();
        _listener.RecordObservableInstruments();
        return _values;
    }

    public void Dispose() => _listener.Dispose();
}
