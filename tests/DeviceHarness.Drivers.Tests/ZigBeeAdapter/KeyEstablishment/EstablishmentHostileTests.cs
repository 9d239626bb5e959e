using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;

public sealed class EstablishmentHostileTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_123;

    // A whole exchange costs six multiplications on the curve.
    private static readonly int Rounds = TestSize.Of(suite: 300, large: 100_000);

    private static readonly int Inputs = TestSize.Of(suite: 20_000, large: 10_000_000);

    [Fact]
    public void No_order_of_right_damaged_and_made_up_messages_throws_or_gives_one_side_another_key()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        EstablishmentBench bench = new();
        using EstablishmentMachine initiator = bench.Initiator();
        using EstablishmentMachine responder = bench.Responder();
        Queue<EstablishmentMessage> wire = new([initiator.Start(bench.Now).Transmit!.Value]);
        int established = 0;
        for (int round = 0; round < Rounds; round++)
        {
            if (!wire.TryDequeue(out EstablishmentMessage message))
            {
                message = initiator.Start(bench.Now).Transmit!.Value;
            }

            if (random.Next(8) == 0)
            {
                message = Other(random, message);
            }

            EstablishmentMachine receiver = message.Sender == EstablishmentRole.Initiator ? responder : initiator;
            EstablishmentStep step = receiver.Receive(message, bench.Now);
            if (step.Transmit is { } answer)
            {
                wire.Enqueue(answer);
            }

            if (step.Event == EstablishmentEvent.Established)
            {
                established++;
                (receiver == responder || receiver.LinkKey!.Equals(responder.LinkKey)).Should().BeTrue($"seed {Seed}, round {round}");
            }
        }

        established.Should().BePositive();
    }

    [Fact]
    public void A_first_message_that_is_damaged_ends_the_exchange_and_asks_for_no_computation()
    {
        output.WriteLine($"seed {Seed}");
        Random random = new(Seed);
        EstablishmentBench bench = new();
        EstablishmentMessage good = bench.Initiator().Start(bench.Now).Transmit!.Value;
        int made = 0;
        EstablishmentSettings settings = bench.HubSettings with
        {
            Random = octets =>
            {
                made++;
                random.NextBytes(octets);
            },
        };
        using EstablishmentMachine responder = new(settings, EstablishmentRole.Responder, EstablishmentBench.Meter);
        for (int round = 0; round < Inputs; round++)
        {
            byte[] payload = random.Next(2) == 0 ? new byte[random.Next(90)] : [.. good.Payload.Span[..^random.Next(1, 40)]];
            if (payload.Length is > 0 and < 52)
            {
                random.NextBytes(payload);
            }

            EstablishmentStep step = responder.Receive(good with { Payload = payload }, bench.Now);

            if (step.Event != EstablishmentEvent.Failed || step.Transmit?.Command != EstablishmentCommand.Terminate)
            {
                Assert.Fail($"seed {Seed}, round {round}: {step.Event} of {Convert.ToHexString(payload)}");
            }
        }

        made.Should().Be(0);
    }

    private static EstablishmentMessage Other(Random random, EstablishmentMessage message)
    {
        switch (random.Next(4))
        {
            case 0:
                byte[] noise = new byte[random.Next(90)];
                random.NextBytes(noise);
                return message with { Payload = noise, Command = (EstablishmentCommand)random.Next(6) };
            case 1:
                return EstablishmentBench.Flip(message, random.Next(message.Payload.Length));
            case 2:
                return message with { Command = (EstablishmentCommand)random.Next(4) };
            default:
                EstablishmentRole other = message.Sender == EstablishmentRole.Initiator
                    ? EstablishmentRole.Responder
                    : EstablishmentRole.Initiator;
                return message with { Sender = other };
        }
    }
}
