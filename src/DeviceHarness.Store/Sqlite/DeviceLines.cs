using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Names of devices as a column holds them: one a line.</summary>
internal static class DeviceLines
{
    /// <summary>The text of the column.</summary>
    public static string Of(IEnumerable<string> devices) => string.Join('\n', devices);

    /// <summary>The names; none for an empty text.</summary>
    public static ValueList<string> Read(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
