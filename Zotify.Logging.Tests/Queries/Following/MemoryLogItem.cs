using System.Globalization;
using Zotify.Logging.Provider.Queries.Following;

namespace Zotify.Logging.Tests.Queries.Following;

internal sealed record MemoryLogItem(int Number) : IPositioned
{
    public string Position => Number.ToString(CultureInfo.InvariantCulture);
}
