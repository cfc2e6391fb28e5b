using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Diagnostics;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Tests.Hosts;

/// <summary>
/// Creates, starts, stops, disposes and forgets containers and hosts over one directory in a random order, several steps at a time, and logs
/// numbers through all of them, those that are disposed included.
/// </summary>
/// <param name="root">The folder above the log directory.</param>
/// <param name="seed">Decides the order.</param>
/// <param name="first">The first number less one.</param>
/// <param name="acknowledged">Gets each number whose call returned, and whether it is on the disk then.</param>
/// <param name="refused">Gets each number whose call threw, because its event had to be durable and came too late.</param>
internal sealed class RandomHosts(string root, int seed, int first, Action<int, bool> acknowledged, Action<int>? refused = null)
    : IAsyncDisposable
{
    private const int MaxLive = 4;

    private static readonly EventId Counted = new(1, "user.counted");

    private readonly Random _random = new(seed);
    private readonly List<One> _live = [];
    private readonly List<One> _forgotten = [];
    private readonly List<One> _gone = [];
    private readonly List<Task> _underWay = [];
    private int _number = first;

    /// <summary>The stderr of the containers.</summary>
    public StringWriter Stderr { get; } = new();

    /// <summary>Takes steps.</summary>
    public async Task RunAsync(int steps)
    {
        // Create the directory first: a record after the end of all hosts is written only if the directory exists.
        Directory.CreateDirectory(Path.Combine(root, "logs"));
        for (var step = 0; step < steps; step++)
        {
            Step();
            if (_random.Next(3) == 0) await Task.Yield();
            if (_random.Next(8) == 0) await Task.WhenAll(_underWay);
        }

        await Task.WhenAll(_underWay);
    }

    /// <summary>Disposes of all but the forgotten ones, at once.</summary>
    public Task DisposeLiveAsync()
    {
        var live = _live.ToArray();
        _live.Clear();
        return Task.WhenAll(live.Select(one => one.DisposeAsync().AsTask()));
    }

    /// <summary>Flushes what was logged, through a container that logs nothing itself.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await using var services = Container(durable: false);
        await services.GetRequiredService<LoggingService>().FlushAsync(FlushTo.Database, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await DisposeLiveAsync();
        foreach (var one in _forgotten) await one.DisposeAsync();
    }

    private void Step()
    {
        switch (_random.Next(12))
        {
            case 0 when _live.Count < MaxLive:
                var durable = _random.Next(3) == 0;
                _live.Add(new One(Container(durable), null, durable));
                break;
            case 1 when _live.Count < MaxLive:
                durable = _random.Next(3) == 0;
                var host = BuildHost(durable);
                _live.Add(new One(host.Services, host, durable));
                break;
            case 2:
                if (Some(_live.FindAll(one => one is { Host: not null, IsStarted: false })) is { } starting)
                    _underWay.Add(starting.StartAsync());
                break;
            case 3:
                if (Some(_live.FindAll(one => one.IsStarted)) is { } stopping) _underWay.Add(stopping.StopAsync());
                break;
            case 4:
                if (Take() is { } disposed)
                {
                    _gone.Add(disposed);
                    _underWay.Add(disposed.DisposeAsync().AsTask());
                }

                break;
            case 5 when _random.Next(3) == 0:
                if (Take() is { } forgotten) _forgotten.Add(forgotten);
                break;
            default:
                // Disposed hosts log now and then, like the last lines of a program.
                if (Some(_random.Next(6) == 0 ? [.. _gone, .. _forgotten] : _live) is { } speaker) Log(speaker, _random.Next(1, 6));
                break;
        }
    }

    private One? Some(List<One> ones) => ones.Count == 0 ? null : ones[_random.Next(ones.Count)];

    private One? Take()
    {
        var one = Some(_live);
        if (one is not null) _live.Remove(one);
        return one;
    }

    private void Log(One speaker, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var number = ++_number;
            try
            {
                speaker.Logger.LogInformation(
                    Counted, "Number {number} of {job_id}", number.ToString(CultureInfo.InvariantCulture), "j1");
            }
            catch (AggregateException)
            {
                refused?.Invoke(number);
                continue;
            }

            acknowledged(number, speaker.IsDurable);
        }
    }

    private ServiceProvider Container(bool durable) =>
        new ServiceCollection().AddLogging(logging => Configure(logging, durable)).BuildServiceProvider();

    private IHost BuildHost(bool durable)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = root });
        Configure(builder.Logging, durable);
        return builder.Build();
    }

    private void Configure(ILoggingBuilder logging, bool durable)
    {
        logging.AddZotify(options =>
        {
            options.Directory = Path.Combine(root, "logs");
            options.Instance = "random";
            // Small segments, so that some roll, too.
            options.Audit.MaxFileSize = 8 * 1024;
            options.Audit.Acknowledge = durable ? Acknowledgement.Durable : Acknowledgement.Queued;
        });
        logging.Services.AddSingleton(new SelfDiagnostics(TimeProvider.System, TextWriter.Synchronized(Stderr)));
    }

    /// <summary>A container, or a host with its container. Its steps run one after the other.</summary>
    private sealed class One(IServiceProvider services, IHost? host, bool durable) : IAsyncDisposable
    {
        private Task _last = Task.CompletedTask;

        public ILogger Logger { get; } = services.GetRequiredService<ILoggerFactory>().CreateLogger("Random");

        public IHost? Host { get; } = host;

        public bool IsDurable { get; } = durable;

        public bool IsStarted { get; private set; }

        public Task StartAsync()
        {
            IsStarted = true;
            return Then(() => Host!.StartAsync());
        }

        public Task StopAsync() => Then(() => Host!.StopAsync());

        public ValueTask DisposeAsync() => new(Then(async () =>
        {
            if (Host is not null) Host.Dispose();
            else await ((IAsyncDisposable)services).DisposeAsync();
        }));

        private Task Then(Func<Task> next)
        {
            var last = _last;
            return _last = Task.Run(async () =>
            {
                await last;
                await next();
            });
        }
    }
}
