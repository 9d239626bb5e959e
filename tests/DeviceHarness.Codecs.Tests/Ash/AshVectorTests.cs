using System.Globalization;
using System.Text.Json;
using DeviceHarness.Codecs.Ash;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ash;

public sealed class AshVectorTests
{
    public static TheoryData<string> Names { get; } = [.. AshSamples.Vectors.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_vector_means_what_its_source_says(string name)
    {
        TestVector vector = AshSamples.Vectors.Single(candidate => candidate.Name == name);
        if (vector.Fields.TryGetProperty("kind", out JsonElement kind))
        {
            VerifyNumbers(vector, kind.GetString()!);
            return;
        }

        AshFrameReader reader = new();
        List<string> found = AshSamples.ReadAll(reader, vector.Octets);

        found.Should().ContainSingle().Which.Should().Be(Expected(vector));
        reader.IsInFrame.Should().BeFalse();
        reader.CancelCount.Should().Be(name == "ash_data_cancelled_then_ack" ? 1 : 0);
        if (vector.IsValid)
        {
            VerifyWriting(vector);
        }
    }

    [Fact]
    public void All_vectors_of_the_file_are_looked_at()
    {
        AshSamples.Vectors.Should().HaveCount(19);
    }

    private static void VerifyNumbers(TestVector vector, string kind)
    {
        if (kind == "crc_ccitt")
        {
            string crc = AshCrc.Compute(vector.Octets).ToString("x4", CultureInfo.InvariantCulture);

            crc.Should().Be(vector.Fields.GetProperty("crc").GetString());
            return;
        }

        byte[] sequence = new byte[vector.Fields.GetProperty("length").GetInt32()];

        AshRandomizer.Apply(sequence);

        sequence.ShouldBeHex(Convert.ToHexString(vector.Octets));
    }

    private static string Expected(TestVector vector)
    {
        JsonElement fields = vector.Fields;
        if (!vector.IsValid)
        {
            fields.GetProperty("error").GetString().Should().Be("crc");
            return $"damaged {CodecFaultKind.BadChecksum}";
        }

        JsonElement frame = fields.TryGetProperty("expect_frames", out JsonElement frames) ? frames.EnumerateArray().Single() : fields;
        AshControl control = ControlOf(frame);
        return $"{control} {Convert.ToHexString(DataOf(frame))}".TrimEnd();
    }

    private static AshControl ControlOf(JsonElement frame) => frame.GetProperty("type").GetString() switch
    {
        "RST" => AshControl.Reset,
        "RSTACK" => AshControl.ResetAck,
        "ERROR" => AshControl.Error,
        "ACK" => AshControl.Ack(frame.GetProperty("ack_num").GetInt32(), frame.GetProperty("not_ready").GetBoolean()),
        "NAK" => AshControl.Nak(frame.GetProperty("ack_num").GetInt32(), frame.GetProperty("not_ready").GetBoolean()),
        "DATA" => AshControl.Data(
            frame.GetProperty("frm_num").GetInt32(), frame.GetProperty("ack_num").GetInt32(), frame.GetProperty("retx").GetBoolean()),
        { } other => throw new InvalidOperationException(other),
        null => throw new InvalidOperationException(),
    };

    private static byte[] DataOf(JsonElement frame)
    {
        byte[] data = frame.TryGetProperty("ezsp", out JsonElement ezsp) ? ezsp.GetString()!.Octets()
            : frame.TryGetProperty("reset_code", out JsonElement code) || frame.TryGetProperty("error_code", out code)
                ? [frame.GetProperty("version").GetByte(), code.GetByte()]
                : [];
        if (frame.TryGetProperty("randomized", out JsonElement randomized) && !randomized.GetBoolean())
        {
            // The reader takes away what was never there; once more, and the octets are back.
            AshRandomizer.Apply(data);
        }

        return data;
    }

    private static void VerifyWriting(TestVector vector)
    {
        if (vector.Fields.TryGetProperty("expect_frames", out _))
        {
            return;
        }

        byte[] prefix = vector.Fields.TryGetProperty("cancel_prefix", out _) ? [AshOctets.Cancel] : [];
        byte[] written = AshSamples.Encode(ControlOf(vector.Fields), DataOf(vector.Fields));

        byte[] whole = [.. prefix, .. written];
        whole.ShouldBeHex(Convert.ToHexString(vector.Octets));
    }
}
