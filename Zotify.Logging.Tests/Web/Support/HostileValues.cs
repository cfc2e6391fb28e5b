namespace Zotify.Logging.Tests.Web.Support;

/// <summary>What no client should send, and what some do.</summary>
internal static class HostileValues
{
    /// <summary>Values of parameters, as written in an address: some are not UTF-8, or invalid escapes.</summary>
    public static readonly string[] OfParameters =
    [
        "", "%00", "a%00b", "%27", "%22", "%27%3BDROP%20TABLE%20audit_events%3B--", "%27%20OR%201%3D1--", "%25", "%", "%zz", "_", "*", "**",
        "%5C", "%5B%5D", "%7B%7D", "null", "..%2F..%2Fetc%2Fpasswd", "..%5C..%5Cwindows", "%2Fetc%2Fpasswd", "%ED%A0%80", "%FF%FE",
        "%F0%9F%98%80", "%E2%80%AE", "%0D%0ASet-Cookie%3A%20a%3Db", "%1B%5B2J", "+", "%20",
        "-1", "0", "1", "%2B1", "1.5", "1e9", "2147483647", "2147483648", "99999999999999999999", "NaN", "0x10", "true", "TRUE", "1h",
        "999999999999999999d", "-1h", "2026-11-23T15:06:10Z", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59.9999999-14:00",
        "2026-02-30T00:00:00Z", "2026-11-23T25:00:00Z", "None", "Information", "desc",
        new('x', 5_000), string.Join('+', Enumerable.Repeat("a", 2_000)), string.Concat(
            Enumerable.Repeat("%F0%9F%98%80", 500)), "0-0", "-", "AAAA", "%2C%2C",
    ];

    /// <summary>Types of bodies.</summary>
    public static readonly string[] ContentTypes =
    [
        "application/json", "text/plain", "application/json; charset=\"utf-8\"", "application/json; charset=utf-7",
        "application/json; charset=foo", "application/json; charset=", "application/json; charset=\"",
        "application/problem+json; charset=utf-16", "garbage", "application/x-www-form-urlencoded",
    ];

    /// <summary>Bodies of requests.</summary>
    public static readonly string[] Bodies =
    [
        "", " ", "{", "}", "null", "[]", "1", "\"x\"", "{}", "{\"unknown\":1}", "{\"key\":1}", "{\"key\":{}}",
        "{\"key\":\"\\u0000\\ud800\"}", "{\"key\":null}", "{\"pause_ms\":1.5}",
        "{\"pause_ms\":99999999999999999999}", "{\"pause_ms\":\"1\"}", "{\"pause_ms\":[]}", "\0", "\uFEFF{}", new('[', 10_000),
        new(' ', 70_000),
    ];
}
