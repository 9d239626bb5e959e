using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests;

/// <summary>The tests' own framing agrees with the frames of other implementations.</summary>
public sealed class MeterFramesTests
{
    [Fact]
    public void Framing_a_vector_s_information_again_gives_the_vector()
    {
        string[] names = [.. MeterFrames.NamesOf("hdlc-frame").Where(HasOneOctetAddresses)];

        names.Should().HaveCountGreaterThan(10);
        foreach (string name in names)
        {
            byte[] frame = MeterFrames.Vector(name);
            byte[] information = frame.Length > 9 ? frame[8..^3] : [];
            MeterFrames.Frame(frame[3], frame[4], frame[5], information, (frame[1] & 8) != 0)
                .ShouldBeHex(Convert.ToHexString(frame), name);
        }
    }

    private static bool HasOneOctetAddresses(string name)
    {
        byte[] frame = MeterFrames.Vector(name);
        return (frame[3] & 1) == 1 && (frame[4] & 1) == 1 && frame[^1] == 0x7E;
    }
}
