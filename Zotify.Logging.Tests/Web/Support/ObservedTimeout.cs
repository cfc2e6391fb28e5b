using Microsoft.AspNetCore.Http.Timeouts;

namespace Zotify.Logging.Tests.Web.Support;

/// <summary>The timeout of a request, which notes that the request wants none. No test has to wait for its time to pass.</summary>
internal sealed class ObservedTimeout(IHttpRequestTimeoutFeature feature) : IHttpRequestTimeoutFeature
{
    private volatile bool _isDisabled;

    /// <summary>Whether it will never come.</summary>
    public bool IsDisabled => _isDisabled;

    public CancellationToken RequestTimeoutToken => feature.RequestTimeoutToken;

    public void DisableTimeout()
    {
        feature.DisableTimeout();
        _isDisabled = true;
    }
}
