using DeviceHarness.Abstractions.Configuration;

namespace DeviceHarness.Packs.Loader;

/// <summary>One row of a <c>for-each</c>.</summary>
/// <param name="Node">Its place.</param>
/// <param name="Variable">The name of the row.</param>
/// <param name="Id">Its id.</param>
/// <param name="Values">Its single values by name, such as <c>day</c> or <c>day.from</c>.</param>
/// <param name="Parts">Its values that are mappings or lists, by the reference that they take the place of, such as
/// <c>${day.body}</c>.</param>
internal sealed record ForEachRow(
    ConfigurationNode Node,
    string Variable,
    string Id,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyDictionary<string, ConfigurationNode> Parts)
{
    /// <summary>What is written once for each row, as it is for this one: <c>${name}</c> stands for the row's values.</summary>
    public ConfigurationNode Fill(ConfigurationNode template) => template.Through(Fill, Parts.GetValueOrDefault);

    private string Fill(string text) => text.Contains("${", StringComparison.Ordinal)
        ? Values.Aggregate(text, (filled, value) => filled.Replace($"${{{value.Key}}}", value.Value, StringComparison.Ordinal))
        : text;
}
