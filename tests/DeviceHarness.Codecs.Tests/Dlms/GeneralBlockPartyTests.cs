using DeviceHarness.Codecs.Dlms;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Codecs.Tests.Dlms;

public sealed class GeneralBlockPartyTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_124;
    private const int LargestBlockOctets = 64;

    [Fact]
    public void A_client_acknowledges_the_first_block_of_an_answer_as_another_implementation_does()
    {
        GeneralBlockParty client = Party(window: 1);
        byte[] target = new byte[LargestBlockOctets];

        client.Receive("E0010001000003C401C1".Octets(), out _).Should().Be(GeneralBlockEvent.Transmit);
        client.TryTransmit(target, out int written).Should().BeTrue();

        target[..written].ShouldBeHex("E0810001000100");
        client.TryTransmit(target, out _).Should().BeFalse("it is the server's turn");
    }

    [Fact]
    public void A_request_in_blocks_is_acknowledged_by_the_block_of_its_answer()
    {
        GeneralBlockParty client = Party(window: 1);
        GeneralBlockParty server = Party(window: 5);
        byte[] request = Octets(100);
        byte[] answer = Octets(20);
        client.Send(request);

        List<string> line = [];
        Run(client, server, answer, (fromClient, octets) =>
        {
            line.Add(fromClient ? $"> {Text(octets)}" : $"< {Text(octets)}");
            return true;
        });

        line.Should().Equal("> 1 ack 0, 55", "< 1 ack 1, 0", "> 2 ack 1, 45", "< 2 ack 2, 20");
        client.ReceivedApdu.SequenceEqual(answer).Should().BeTrue();
        client.IsSending.Should().BeFalse();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(5, 2)]
    [InlineData(63, 63)]
    public void On_a_line_that_loses_a_third_of_the_blocks_request_and_answer_still_come_whole(int clientWindow, int serverWindow)
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        for (int round = 0; round < 100; round++)
        {
            GeneralBlockParty client = Party(clientWindow);
            GeneralBlockParty server = Party(serverWindow);
            byte[] request = Octets(random.Next(1, 1500));
            byte[] answer = Octets(random.Next(1, 3000));
            client.Send(request);

            byte[] heard = Run(client, server, answer, (_, _) => random.Next(3) != 0);

            client.ReceivedApdu.SequenceEqual(answer).Should().BeTrue($"seed {Seed}, round {round}");
            heard.Should().Equal(request, $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void The_next_exchange_starts_at_block_one_at_both_ends()
    {
        GeneralBlockParty client = Party(window: 3);
        GeneralBlockParty server = Party(window: 3);
        for (int exchange = 1; exchange <= 3; exchange++)
        {
            byte[] request = Octets(200 + exchange);
            byte[] answer = Octets(400 + exchange);
            client.Reset();
            client.Send(request);

            byte[] heard = Run(client, server, answer, (_, _) => true);

            heard.Should().Equal(request);
            client.ReceivedApdu.SequenceEqual(answer).Should().BeTrue($"exchange {exchange}");
        }
    }

    [Fact]
    public void What_is_no_block_or_acknowledges_what_was_never_sent_fails_with_the_place()
    {
        GeneralBlockParty client = Party(window: 1);
        client.Send(Octets(10));
        byte[] target = new byte[LargestBlockOctets];
        client.TryTransmit(target, out _);

        client.Receive("C401C100".Octets(), out CodecFault fault).Should().Be(GeneralBlockEvent.Failed);
        fault.Kind.Should().Be(CodecFaultKind.UnknownTag);
        client.Receive("E0810001000900".Octets(), out fault).Should().Be(GeneralBlockEvent.Failed);
        (fault.Kind, fault.Offset, fault.Actual).Should().Be((CodecFaultKind.UnexpectedValue, 4, 9L));
    }

    [Fact]
    public void An_apdu_beyond_the_limit_fails()
    {
        GeneralBlockParty client = new(new GeneralBlockSettings { MaximumApduOctets = 4 });

        client.Receive("E00100010000030102 03".Octets(), out _).Should().Be(GeneralBlockEvent.Transmit);
        client.Receive("E0810002000003040506".Octets(), out CodecFault fault).Should().Be(GeneralBlockEvent.Failed);

        fault.Kind.Should().Be(CodecFaultKind.LimitExceeded);
    }

    [Fact]
    public void Limits_out_of_range_are_wrong_arguments()
    {
        FluentActions.Invoking(() => new GeneralBlockParty(new GeneralBlockSettings { MaximumBlockApduOctets = 9 }))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Party(window: 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Party(window: 64)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void No_hostile_block_throws_or_makes_a_party_keep_more_than_its_limit()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        byte[] target = new byte[LargestBlockOctets];
        for (int round = 0; round < 2_000; round++)
        {
            GeneralBlockParty party = new(new GeneralBlockSettings { MaximumBlockApduOctets = 64, MaximumApduOctets = 200 });
            if (random.Next(2) == 0)
            {
                party.Send(Octets(random.Next(1, 500)));
            }

            for (int step = 0; step < 40; step++)
            {
                byte[] data = Octets(random.Next(0, 60));
                GeneralBlockTransfer block = new(
                    random.Next(4) == 0, random.Next(2) == 0, random.Next(64), (ushort)random.Next(5), (ushort)random.Next(5), data);
                byte[] octets = new byte[128];
                GeneralBlockTransfer.Encode(block, octets, out int written);

                party.Receive(octets.AsSpan(0, written), out _);

                party.ReceivedApdu.Length.Should().BeLessThanOrEqualTo(200);
                for (int sent = 0; party.TryTransmit(target, out _); sent++)
                {
                    sent.Should().BeLessThanOrEqualTo(GeneralBlockTransfer.MaximumWindowBlocks, $"seed {Seed}, round {round}");
                }
            }
        }
    }

    /// <summary>Lets both parties speak until the client has its answer; silence is a time-out of the client.</summary>
    private static byte[] Run(GeneralBlockParty client, GeneralBlockParty server, byte[] answer, Func<bool, byte[], bool> passes)
    {
        byte[] heard = [];
        for (int turn = 0; turn < 20_000; turn++)
        {
            if (Pass(client, octets => passes(true, octets), server) is GeneralBlockEvent.ApduReceived)
            {
                heard = server.ReceivedApdu.ToArray();
                server.Send(answer);
            }

            if (Pass(server, octets => passes(false, octets), client) is GeneralBlockEvent.ApduReceived)
            {
                return heard;
            }

            if (turn % 2 == 1)
            {
                client.Repeat();
            }
        }

        return heard;
    }

    private static GeneralBlockEvent? Pass(GeneralBlockParty from, Func<byte[], bool> passes, GeneralBlockParty to)
    {
        byte[] target = new byte[LargestBlockOctets];
        GeneralBlockEvent? last = null;
        while (from.TryTransmit(target, out int written))
        {
            byte[] octets = target[..written];
            if (passes(octets))
            {
                last = to.Receive(octets, out CodecFault fault);
                last.Should().NotBe(GeneralBlockEvent.Failed, fault.ToString());
                if (last is GeneralBlockEvent.ApduReceived)
                {
                    return last;
                }
            }
        }

        return last;
    }

    private static string Text(byte[] octets)
    {
        GeneralBlockTransfer.Decode(octets, out GeneralBlockTransfer block, out int _, out CodecFault _);
        return $"{block.BlockNumber} ack {block.AcknowledgedBlockNumber}, {block.Data.Length}{(block.IsStreaming ? "s" : "")}";
    }

    private static GeneralBlockParty Party(int window) =>
        new(new GeneralBlockSettings { MaximumBlockApduOctets = LargestBlockOctets, WindowBlocks = window });

    private static byte[] Octets(int count) => [.. Enumerable.Range(0, count).Select(octet => (byte)(octet * 7))];
}
