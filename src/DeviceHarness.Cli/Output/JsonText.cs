using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf;

namespace DeviceHarness.Cli.Output;

/// <summary>Data for programs.</summary>
internal static class JsonText
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithIndentation());
    private static readonly JsonFormatter LineFormatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonSerializerOptions LineOptions = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Prints a message of the contract in protobuf's JSON form.</summary>
    public static void Write(IMessage message) => Console.WriteLine(Formatter.Format(message));

    /// <summary>Prints a message of the contract on one line: one element of a stream.</summary>
    public static void WriteLine(IMessage message) => Console.WriteLine(LineFormatter.Format(message));

    /// <summary>Prints a value.</summary>
    public static void Write<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, Options));

    /// <summary>Prints a value on one line and flushes it: somebody waits for it.</summary>
    public static void WriteLine<T>(T value)
    {
        Console.WriteLine(JsonSerializer.Serialize(value, LineOptions));
        Console.Out.Flush();
    }
}
