using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;

namespace DeviceHarness.Cli.Output;

/// <summary>Durations of the contract as text: seconds, such as <c>0.2539s</c>.</summary>
internal sealed class DurationConverter : JsonConverter<Duration>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">The text is no number of seconds.</exception>
    public override Duration Read(ref Utf8JsonReader reader, System.Type typeToConvert, JsonSerializerOptions options) =>
        decimal.TryParse(reader.GetString()?.TrimEnd('s'), CultureInfo.InvariantCulture, out decimal seconds)
            ? Duration.FromTimeSpan(TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond)))
            : throw new JsonException("no duration: expected seconds, such as 0.25s");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Duration value, JsonSerializerOptions options)
    {
        decimal seconds = (decimal)value.ToTimeSpan().Ticks / TimeSpan.TicksPerSecond;
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#######}s"));
    }
}
