using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeviceHarness.Cli.Output;

/// <summary>Data for programs. Moments are ISO 8601 in UTC; durations are seconds with an <c>s</c>, as in protobuf's JSON.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(), new MomentConverter(), new DurationConverter() },
    };

    private static readonly JsonSerializerOptions LineOptions = new(Options) { WriteIndented = false };

    /// <summary>Prints a value.</summary>
    public static void Write<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Prints a value on one line and flushes it: somebody waits for it.</summary>
    public static void WriteLine<T>(T value)
    {
        Console.WriteLine(JsonSerializer.Serialize(value, LineOptions));
        Console.Out.Flush();
    }
}
