using DeviceHarness.Codecs.Acse;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Esme;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Security;

/// <summary>The meter against octets that a client of another maker sent to a server of another maker.</summary>
public sealed class RecordedClientTests
{
    private const string Challenge = "91C8E472391C8E47A3D1E874BADD6E37";

    [Fact]
    public void The_recorded_client_is_let_in_and_reads_the_logical_device_name()
    {
        VirtualEsme meter = Meter();
        ScriptedClient client = Connected(meter);
        SecuredClient reader = new(client, AuthenticationMechanism.HighLevelGmac);

        string aare = client.Send(ThirdPartyVectors.Hex("session-aarq-hls5-glo"))!;
        string pass4 = client.Send(ThirdPartyVectors.Hex("hls5-session-pass3"))!;
        string name = client.Send(ThirdPartyVectors.Hex("session-get-ldn"))!;

        aare.Should().Contain("A203020100A305A10302010EA40A0408" + SecuredModels.MeterTitle)
            .And.Contain("AA128010" + Challenge).And.Contain("281F30", "the initiate is answered ciphered");
        reader.Context.PeerTitle = SecuredModels.Title(SecuredModels.MeterTitle);
        reader.Open(pass4).Should().StartWith("C701C100" + "010009" + "1110", "pass 4 is an octet-string of 17 octets");
        name.Should().StartWith("DB08" + SecuredModels.MeterTitle);
        reader.Open(name).Should().Be("C401C1000910" + Convert.ToHexString("DHV0000000000001"u8));
    }

    [Fact]
    public void The_recorded_client_played_once_more_is_refused_with_the_counter_that_is_expected()
    {
        VirtualEsme meter = Meter();
        ScriptedClient client = Connected(meter);
        client.Send(ThirdPartyVectors.Hex("session-aarq-hls5-glo"));
        client.Send(ThirdPartyVectors.Hex("hls5-session-pass3"));
        client.Send(ThirdPartyVectors.Hex("session-get-ldn"));

        string repeated = client.Send(ThirdPartyVectors.Hex("session-get-ldn"))!;
        client.Connect();
        string again = client.Send(ThirdPartyVectors.Hex("session-aarq-hls5-glo"))!;

        repeated.Should().Be("D8010600000130", "the last one taken was 12F");
        again.Should().Be("D8010600000130");
    }

    [Fact]
    public void Each_flipped_bit_of_a_recorded_request_is_refused_and_the_right_one_is_still_taken()
    {
        VirtualEsme meter = Meter();
        ScriptedClient client = Connected(meter);
        client.Send(ThirdPartyVectors.Hex("session-aarq-hls5-glo"));
        client.Send(ThirdPartyVectors.Hex("hls5-session-pass3"));
        byte[] request = ThirdPartyVectors.Octets("session-get-ldn");

        for (int octet = 0; octet < request.Length; octet++)
        {
            byte[] flipped = [.. request];
            flipped[octet] ^= 0x01;
            string answer = client.Send(Convert.ToHexString(flipped))!;
            answer.Should().StartWith("D801", $"octet {octet} is another");
        }

        client.Send(Convert.ToHexString(request)).Should().StartWith("DB08");
    }

    private static VirtualEsme Meter() => new(
        "esme-01", SecuredModels.Model(AuthenticationMechanism.HighLevelGmac), new ManualTimeProvider(),
        random: target => Convert.FromHexString(Challenge).CopyTo(target));

    private static ScriptedClient Connected(VirtualEsme meter)
    {
        ScriptedClient client = new(octets => meter.Step(octets).ToArray());
        client.Connect();
        return client;
    }
}
