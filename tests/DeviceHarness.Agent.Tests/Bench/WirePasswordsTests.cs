using System.Text;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Agent.Bench;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Bench;

public sealed class WirePasswordsTests
{
    private static readonly byte[] Octets = "7E 8B0760857405080201 AC 0A 80 08 73 65 73 61 6D 65 21 21 7E".Octets();

    [Fact]
    public void A_password_is_found_wherever_a_write_was_cut_and_whatever_passed_between()
    {
        for (int cut = 0; cut <= Octets.Length; cut++)
        {
            WireRecord[] records =
            [
                Record("esme-01", WireDirection.ToDevice, Octets[..cut]),
                Record("esme-02", WireDirection.ToDevice, [0x55]),
                Record("esme-01", WireDirection.FromDevice, [0x7E]),
                Record("esme-01", WireDirection.ToDevice, Octets[cut..]),
            ];

            WireSecrets secrets = WirePasswords.Of(records);

            bool[] masked = [.. secrets.IsSecret[0], .. secrets.IsSecret[3]];
            Encoding.ASCII.GetString([.. Octets.Where((_, index) => masked[index])]).Should().Be("sesame!!", $"cut at {cut}");
            secrets.IsSecret[1].Concat(secrets.IsSecret[2]).Should().OnlyContain(isSecret => !isSecret);
            Encoding.ASCII.GetString(secrets.Values.Should().ContainSingle().Subject.Span).Should().Be("sesame!!");
        }
    }

    [Fact]
    public void An_echo_of_a_password_is_a_password()
    {
        WireSecrets secrets = WirePasswords.Of([Record("esme-01", WireDirection.FromDevice, Octets)]);

        secrets.IsSecret[0].Count(isSecret => isSecret).Should().Be(8);
    }

    private static WireRecord Record(string port, WireDirection direction, byte[] octets) => new(port, direction, 0, octets);
}
