using DeviceHarness.Codecs.SmartEnergy;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Codecs.ZigBee;
using DeviceHarness.Drivers.Tests.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Drivers.Tests.Han;

/// <summary>Whatever devices send, the network's loop goes on.</summary>
public sealed class HanHostileTests
{
    private const int Seed = 20_261_123;

    [Fact]
    public async Task Messages_of_every_kind_with_octets_by_chance_are_borne()
    {
        int count = TestSize.IsLong ? 1_000_000 : 5_000;
        Random random = new(Seed);
        EstablishmentBench keys = new();
        await using HanBench bench = await HanBench.StartAsync(change: options => options with { Establishment = keys.HubSettings });
        ushort[] clusters = [.. ClusterCatalogue.All.Select(cluster => cluster.Id), 0x0B05];
        ushort[] objects = [.. ZdoMessages.All.Select(message => message.Id), 0x7FFF];

        for (int index = 0; index < count; index++)
        {
            bool isObject = random.Next(4) == 0;
            ushort cluster = isObject ? objects[random.Next(objects.Length)] : clusters[random.Next(clusters.Length)];
            byte[] payload = new byte[random.Next(40)];
            random.NextBytes(payload);
            if (!isObject && payload.Length > 2)
            {
                payload[0] &= 0x1D;
                payload[2] &= 0x1F;
            }

            bench.Receive(
                cluster, payload, isApsEncrypted: random.Next(5) > 0, profile: isObject ? (ushort)0 : (ushort)0x0109,
                isGroupcast: random.Next(5) == 0);
            if (index % 50 == 0)
            {
                // So that what is answered has room.
                await bench.PumpedAsync();
                while (bench.Adapter.TryTakeSent(out _))
                {
                }
            }
        }

        await bench.PumpedAsync();
        Task<IReadOnlyList<AttributeResult>> reading = bench.Network.Zcl.ReadAsync(HanBench.Target, 0x0702, [0], default);
        HanBench.Sent sent = await bench.SentAsync();
        while (!sent.Header.Is(GlobalCommand.ReadAttributes))
        {
            sent = await bench.SentAsync();
        }

        bench.AnswerRead(sent, new AttributeResult(0, ZclData.Unsigned(ZclDataType.Unsigned48, 1)));
        (await reading.DefaultTimeout()).Should().ContainSingle();
    }
}
