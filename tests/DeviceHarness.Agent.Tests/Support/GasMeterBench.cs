using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Agent.SelfTest;
using DeviceHarness.Codecs.Security.Cbke;
using DeviceHarness.Drivers.Gsme;
using DeviceHarness.Drivers.Han;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.ZigBee;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using FluentAssertions;

namespace DeviceHarness.Agent.Tests.Support;

/// <summary>The driver of gas meters and the virtual meter of <c>rigs/han</c>, which has joined by its install code and agreed on a
/// key.</summary>
internal sealed class GasMeterBench : IHanObserver
{
    private const ulong Meter = 0x90B3D51F300000B1;

    private readonly TaskCompletionSource<HanKeyEstablishment> _established = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GasMeterBench(HanNetwork network, QuietClock clock)
    {
        Clock = clock;
        Network = network;
        network.Observe(this);
        Driver = new GsmeDriver(new SmartEnergyOptions
        {
            Id = new DeviceId("gsme-01"),
            Eui64 = Meter,
            Network = network,
            Profile = SmartEnergyProfile.LoadFile(
                Path.Combine(RepositoryRoot.Path, "rigs", "profiles", "han", "generic-smets1-gsme.yaml")),
            TimeProvider = clock,
        });
    }

    /// <summary>What comes of a key agreement of the adapter's own, in place of certificates.</summary>
    public static EstablishmentSettings OwnKeys { get; } = new()
    {
        Identities = [],
        Authorities = [],
        Random = _ => throw new System.Diagnostics.UnreachableException("the adapter makes its keys"),
        InAdapter = new AdapterKeyAgreement(),
    };

    public GsmeDriver Driver { get; }

    /// <summary>The network that the meter is in.</summary>
    public HanNetwork Network { get; }

    public QuietClock Clock { get; }

    /// <summary>What became of the key agreement.</summary>
    public EstablishmentFailure Agreement { get; private set; }

    void IHanObserver.Told(HanEvent told)
    {
        if (told is HanKeyEstablishment key)
        {
            _established.TrySetResult(key);
        }
    }

    /// <summary>The adapter and the meter.</summary>
    /// <param name="change">How the meter differs from that of the rig.</param>
    /// <param name="own">Who issued the adapter's own certificate; null for an adapter without a curve library.</param>
    public static NcpModel Model(Func<HanDeviceModel, HanDeviceModel> change, TestAuthority? own = null)
    {
        NcpModel model = NcpModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "han", "adapter.yaml"));
        return model with
        {
            Adapter = model.Adapter with { Authority = own },
            Devices = [.. model.Devices.Where(device => device.GasMeter is not null).Select(change)],
        };
    }

    /// <summary>Does something with a meter that has joined.</summary>
    /// <param name="change">How it differs from that of the rig.</param>
    /// <param name="isOwn">Whether the adapter agrees on the key by its own library.</param>
    /// <param name="act">What is done.</param>
    public static Task RunAsync(Func<HanDeviceModel, HanDeviceModel> change, bool isOwn, Func<GasMeterBench, Task> act)
    {
        TestAuthority authority = new(EstablishmentSuites.Suite1, 1);
        NcpModel model = Model(change, isOwn ? authority : null);
        return RadioBench.RunAsync(model, async radio =>
        {
            using CbkeIdentity identity = authority.Issue(model.Adapter.Eui64);
            await using HanNetwork network = new(new HanNetworkOptions
            {
                Adapter = radio.Adapter(isOwn),
                Establishment = isOwn ? OwnKeys : new EstablishmentSettings
                {
                    Identities = [identity],
                    Authorities = [authority.Trust],
                    Random = System.Security.Cryptography.RandomNumberGenerator.Fill,
                },
                TimeProvider = radio.Clock,
            });
            GasMeterBench bench = new(network, radio.Clock);
            await network.StartAsync(default);
            await network.FormAsync(new() { Channel = 15 }, default);
            HanCandidate.TryParse("90B3D51F300000B1", "83FED3407A939723A5C639B26916D505C3B5", out HanCandidate? candidate, out _)
                .Should().BeTrue();
            await using HanJoinWindow window = await network.PermitAsync([candidate!], TimeSpan.FromSeconds(60), default);
            (await window.WaitForAsync(Meter, default)).Should().NotBeNull();
            bench.Agreement = (await bench._established.Task).Failure;
            await act(bench);
        });
    }
}
