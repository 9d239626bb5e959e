using System.Globalization;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Mmo;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.ZigBee;

/// <summary>Many devices behind one adapter. With the large count: 60 on mains and 32 that sleep, each read once a minute for ten minutes;
/// the benchmark <c>han-crowd</c> gives the figures.</summary>
public sealed class CrowdOverVirtualNcpTests
{
    private const ulong First = 0x90B3D51F30000D01;
    private const int MostCandidates = 30;
    private const string Code = "83FED3407A939723A5C639B26916D505C3B5";
    private const ushort ModelIdentifier = 0x0005;

    private static readonly int Mains = TestSize.Of(suite: 3, large: 60);
    private static readonly int Sleepy = TestSize.Of(suite: 1, large: 32);
    private static readonly int Minutes = TestSize.Of(suite: 1, large: 10);
    private static readonly TimeSpan Minute = TestSize.IsLong ? TimeSpan.FromMinutes(1) : TimeSpan.Zero;

    [Fact]
    public async Task Every_read_is_answered_or_told_as_not_delivered()
    {
        int devices = Mains + Sleepy;
        await using HanNetwork network = await FormedAsync((ushort)devices, Crowd(Mains, Sleepy));
        await AdmitAsync(network, devices);

        int answered = 0;
        int told = 0;
        for (int minute = 0; minute < Minutes; minute++)
        {
            Task next = Task.Delay(Minute, TimeProvider.System);
            bool[] reads = await Task.WhenAll(Enumerable.Range(0, devices).Select(index => ReadAsync(network, First + (ulong)index)));
            answered += reads.Count(read => read);
            told += reads.Count(read => !read);
            await next;
        }

        (answered + told).Should().Be(devices * Minutes);
        answered.Should().BeGreaterThan(devices * Minutes * 9 / 10);
        network.Waiting.Should().Be(0);
    }

    [Fact]
    public async Task A_key_table_that_is_full_is_told_with_what_a_person_does_about_it_and_the_network_goes_on()
    {
        CipherKey key = CipherKey.Create(new byte[16]);
        VirtualNcpLine line = new(new VirtualNcp("zigbee", new NcpModel(), TimeProvider.System));
        await using IZigBeeAdapter adapter = ZigBeeAdapters.Create(
            new() { Kind = "ezsp", Devices = 2 }, "zigbee", _ => new(line.Open()), TimeProvider.System);
        await adapter.StartAsync(default).DefaultTimeout();
        await adapter.FormAsync(new() { Channel = 15 }, default).DefaultTimeout();
        for (ulong device = 1; device <= 4; device++)
        {
            await adapter.ImportLinkKeyAsync(device, key, default).DefaultTimeout();
        }

        Func<Task> fifth = () => adapter.ImportLinkKeyAsync(5, key, default);

        (await fifth.Should().ThrowAsync<AdapterException>()).Which.Message.Should().Contain("key table may be full");
        (await adapter.HasLinkKeyAsync(4, default).DefaultTimeout()).Should().BeTrue();
        (await adapter.HasLinkKeyAsync(5, default).DefaultTimeout()).Should().BeFalse();
        (await adapter.EraseLinkKeyAsync(4, default).DefaultTimeout()).Should().BeTrue();
        (await adapter.HasLinkKeyAsync(4, default).DefaultTimeout()).Should().BeFalse();
        (await adapter.HasLinkKeyAsync(3, default).DefaultTimeout()).Should().BeTrue();
        (await adapter.EraseLinkKeyAsync(4, default).DefaultTimeout()).Should().BeFalse("it holds none any more");
        await fifth.Should().NotThrowAsync("there is room again");
        adapter.Network.Should().NotBeNull();
    }

    private static NcpModel Crowd(int mains, int sleepy) => new()
    {
        Adapter = new() { Eui64 = First - 1 },
        Devices = new HanCrowd
        {
            FirstEui64 = First,
            Mains = mains,
            Sleepy = sleepy,
            Loss = 0.02,
            Poll = TestSize.IsLong ? TimeSpan.FromSeconds(2) : TimeSpan.FromMilliseconds(200),
            LinkKey = new(InstallCode.TryParse(Code, out InstallCode? code, out _) ? code.LinkKey().Reveal() : default),
        }.Devices(),
    };

    private static async Task<HanNetwork> FormedAsync(ushort devices, NcpModel model)
    {
        VirtualNcpLine line = new(new VirtualNcp("zigbee", model, TimeProvider.System));
        HanNetwork network = new(new HanNetworkOptions
        {
            Adapter = ZigBeeAdapters.Create(
                new() { Kind = "ezsp", Devices = devices }, "zigbee", _ => new(line.Open()), TimeProvider.System),
        });
        await network.StartAsync(default).DefaultTimeout();
        await network.FormAsync(new() { Channel = 15 }, default).DefaultTimeout();
        return network;
    }

    private static async Task AdmitAsync(HanNetwork network, int devices)
    {
        foreach (int[] some in Enumerable.Range(0, devices).Chunk(MostCandidates))
        {
            HanCandidate[] candidates = [.. some.Select(index => CandidateOf(First + (ulong)index))];
            await using HanJoinWindow window = await network.PermitAsync(candidates, TimeSpan.FromSeconds(60), default).DefaultTimeout();
            foreach (HanCandidate candidate in candidates)
            {
                (await window.WaitForAsync(candidate.Eui64, default).DefaultTimeout()).Should().NotBeNull($"{candidate} joins");
            }
        }
    }

    private static HanCandidate CandidateOf(ulong device) =>
        HanCandidate.TryParse(device.ToString("X16", CultureInfo.InvariantCulture), Code, out HanCandidate? candidate, out _)
            ? candidate
            : throw new ArgumentException($"{device:X16}", nameof(device));

    /// <summary>True when the device answered, false when its request was told as not delivered; anything else ends the test.</summary>
    private static async Task<bool> ReadAsync(HanNetwork network, ulong device)
    {
        try
        {
            IReadOnlyList<AttributeResult> results = await network.Zcl.ReadAsync(new(device, 1), 0, [ModelIdentifier], default);
            return results is [{ Value: not null }];
        }
        catch (HanDeliveryException)
        {
            return false;
        }
    }
}
