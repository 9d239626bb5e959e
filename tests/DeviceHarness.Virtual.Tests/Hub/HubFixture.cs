using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Flash;
using DeviceHarness.Virtual.Hub;
using DeviceHarness.Virtual.Supply;
using FluentAssertions;

namespace DeviceHarness.Virtual.Tests.Hub;

/// <summary>The virtual hub of the repository, under a manual clock, at the address that the scripted client speaks to.</summary>
internal sealed class HubFixture : ICommandLog
{
    private const string Aarq =
        "6036A1090607608574050801018A0207808B0760857405080201AC0A80086875623435363738BE10040E01000000065F1F0400007E1F04B0";

    public HubFixture(
        SupplyFeed? supply = null, ManualTimeProvider? time = null, IMeterFlash? flash = null, Func<HubModel, HubModel>? change = null)
    {
        Time = time ?? new ManualTimeProvider();
        HubModel model = Model(Time.GetUtcNow());
        Hub = new VirtualHub("chf-01", change is null ? model : change(model), supply ?? new SupplyFeed(), Time, this, flash);
        Client = new ScriptedClient(octets => Hub.Step(octets).ToArray());
    }

    public ManualTimeProvider Time { get; }

    public VirtualHub Hub { get; }

    public ScriptedClient Client { get; }

    public List<CommandRecord> Commands { get; } = [];

    public static HubModel Model(DateTimeOffset now)
    {
        HubModel model = HubModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", "hub.yaml"), now);
        return model with { Link = model.Link with { Address = HdlcAddress.Server(1) } };
    }

    /// <summary>A management client, connected and associated.</summary>
    public ScriptedClient Associated()
    {
        Client.Connect().Control.Should().Be(0x73);
        Client.Send(Aarq).Should().StartWith("6129").And.Contain("A203020100");
        return Client;
    }

    public void Append(CommandRecord command) => Commands.Add(command);
}
