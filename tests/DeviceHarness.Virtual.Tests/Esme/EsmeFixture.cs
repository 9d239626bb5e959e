using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.TestKit;
using DeviceHarness.Virtual.Commands;
using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Flash;
using FluentAssertions;

namespace DeviceHarness.Virtual.Tests.Esme;

/// <summary>The virtual ESME of the repository's default bench, under a manual clock, with its command log in memory.</summary>
internal sealed class EsmeFixture : ICommandLog
{
    public const string AarqLls =
        "6036A1090607608574050801018A0207808B0760857405080201AC0A80083132333435363738BE10040E01000000065F1F0400007E1F04B0";

    public const string AarqNone = "601DA109060760857405080101BE10040E01000000065F1F0400007E1F04B0";

    public EsmeFixture(Func<EsmeModel, EsmeModel>? change = null, IMeterFlash? flash = null, TimeProvider? linkTime = null)
    {
        EsmeModel model = DefaultModel();
        Esme = new VirtualEsme("esme-01", change is null ? model : change(model), Time, this, flash, linkTime: linkTime);
        Client = new ScriptedClient(Exchange);
        PublicClient = new ScriptedClient(Exchange, ClientFrames.PublicClient);
    }

    public ManualTimeProvider Time { get; } = new();

    public VirtualEsme Esme { get; }

    public ScriptedClient Client { get; }

    public ScriptedClient PublicClient { get; }

    public List<CommandRecord> Commands { get; } = [];

    public Action? OnCommand { get; set; }

    public static EsmeModel DefaultModel(string file = "esme.yaml") =>
        EsmeModelReader.ReadFile(Path.Combine(RepositoryRoot.Path, "rigs", "virtual", file));

    public static EsmeModel ModelOf(string yaml) => EsmeModelReader.Read(ConfigurationNode.Parse(yaml, "test.yaml"));

    public byte[] Exchange(byte[] octets) => Esme.Step(octets).ToArray();

    /// <summary>A management client, connected and associated.</summary>
    public ScriptedClient Associated()
    {
        Client.Connect().Control.Should().Be(0x73);
        Client.Send(AarqLls).Should().StartWith("6129").And.Contain("A203020100");
        return Client;
    }

    public void Append(CommandRecord command)
    {
        OnCommand?.Invoke();
        Commands.Add(command);
    }
}
