using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;

namespace DeviceHarness.Cli.Output;

/// <summary>Moments of the contract as text, such as <c>2026-01-05T12:00:00Z</c>.</summary>
internal sealed class MomentConverter : JsonConverter<Timestamp>
{
    /// <inheritdoc/>
    public override Timestamp Read(ref Utf8JsonReader reader, System.Type typeToConvert, JsonSerializerOptions options) =>
        Timestamp.FromDateTime(reader.GetDateTime().ToUniversalTime());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToDateTime());
}
