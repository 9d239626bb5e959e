using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Packs.Loader;

/// <summary>One row of a <c>for-each</c>.</summary>
/// <param name="Node">Its place.</param>
/// <param name="Variable">The name of the row.</param>
/// <param name="Id">Its id.</param>
/// <param name="Values">Its values by name, such as <c>day</c> or <c>day.from</c>.</param>
internal sealed record ForEachRow(ConfigurationNode Node, string Variable, string Id, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>What is written once for each row, as it is for this one: <c>${name}</c> stands for the row's values.</summary>
    public ConfigurationNode Fill(ConfigurationNode template) => template.Through(Fill);

    private string Fill(string text) => text.Contains("${", StringComparison.Ordinal)
        ? Values.Aggregate(text, (filled, value) => filled.Replace($"${{{value.Key}}}", value.Value, StringComparison.Ordinal))
        : text;
}
