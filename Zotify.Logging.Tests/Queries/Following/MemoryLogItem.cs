using System.Globalization;
using Zotify.Logging.Queries;

namespace Zotify.Logging.Tests.Queries.Following;

/// <summary>A numbered entry of a <see cref="MemoryLog"/>.</summary>
internal sealed record MemoryLogItem(int Number) : LogItem<int>(Number.ToString(CultureInfo.InvariantCulture));
