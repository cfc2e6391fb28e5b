using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Zotify.Logging.Tests.Support;
using Zotify.Logging.Tests.Support.Children;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>A real nginx before a server, with a short patience. It is ended with the test.</summary>
internal sealed class NginxProxy : IAsyncDisposable
{
    // Below the ports that the system gives out itself: nobody gets one that nginx is about to take.
    private static int s_port = 12_000 + (Environment.ProcessId % 8_000);

    private readonly TemporaryFolder _folder = new();
    private readonly ChildProcess _process;

    private NginxProxy(string program, Func<string, string> servers)
    {
        Url = $"http://127.0.0.1:{NextPort().ToString(CultureInfo.InvariantCulture)}";
        File.WriteAllText(_folder.PathOf("nginx.conf"), Configuration(servers(new Uri(Url).Authority)));
        _process = ChildProcess.OfNative(
            program, _folder.Path, "-p", _folder.Path, "-c", _folder.PathOf("nginx.conf"), "-e", _folder.PathOf("error.log"));
    }

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Starts it. Where there is none the test is skipped; in CI, which has to have one, it fails.</summary>
    /// <param name="upstream">The address of the server.</param>
    /// <param name="patience">How long an answer may be silent before it is cut.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="prefix">The path where it has the server, which does not see it; empty for the root.</param>
    public static Task<NginxProxy> StartAsync(
        string upstream, TimeSpan patience, CancellationToken cancellationToken, string prefix = "") =>
        StartAsync(listen => Server(listen, upstream, patience, prefix), prefix, cancellationToken);

    /// <summary>Starts it with servers of its own.</summary>
    /// <param name="servers">Returns the part of the configuration with the servers; its argument is the address to listen on.</param>
    /// <param name="prefix">The path where it has the server.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<NginxProxy> StartAsync(
        Func<string, string> servers, string prefix, CancellationToken cancellationToken)
    {
        if (Find() is not { } program)
        {
            const string reason = "No nginx on the PATH or in /usr/sbin; .ci/run installs Debian's nginx-light.";
            if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail(reason);
            Assert.Inconclusive(reason);
            throw new InvalidOperationException(reason);
        }

        var proxy = new NginxProxy(program, servers);
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync($"{proxy.Url}{prefix}/health/live", cancellationToken);
                answer.EnsureSuccessStatusCode();
                return proxy;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
                Assert.IsFalse(proxy._process.HasExited, "nginx has ended.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "nginx"))
        .FirstOrDefault(File.Exists);

    /// <summary>The next port that is free: nginx cannot choose one itself.</summary>
    private static int NextPort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref s_port);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Another program has it.
            }
        }
    }

    private static string Configuration(string servers) => $$"""
        daemon off;
        master_process off;
        pid nginx.pid;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          {{servers}}
        }
        """;

    private static string Server(string listen, string upstream, TimeSpan patience, string prefix) => $$"""
        server {
          listen {{listen}};
          location {{prefix}}/ {
            proxy_pass {{upstream}}{{(prefix.Length > 0 ? "/" : "")}};
            proxy_http_version 1.1;
            proxy_read_timeout {{patience.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}}ms;
          }
        }
        """;
}
