using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Drivers.Profiles;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads the feeds of a rig and what switches each.</summary>
internal sealed class FeedReader(IReadOnlyList<RigDevice> devices, IReadOnlyList<RelayBoardSettings> boards)
{
    // A virtual relay needs no rest, a real one does: then the file says so.
    private static readonly TimeSpan MaximumRest = TimeSpan.FromHours(1);

    private const int MaximumDailyLimit = 100_000;
    private const double MaximumLoadAmperes = 100;

    private static readonly Dictionary<string, bool> Contacts = new() { ["normally-closed"] = true, ["normally-open"] = false };

    private static readonly Dictionary<string, string> Methods = new() { ["GET"] = "GET", ["POST"] = "POST", ["PUT"] = "PUT" };

    private readonly Dictionary<string, Func<ConfigurationNode, FeedSwitch>> _kinds = new()
    {
        [GpioLineReader.Virtual] = _ => new VirtualSwitch(),
        [GpioLineReader.Gpio] = node => new GpioSwitch(GpioLineReader.Read(node), IsNormallyClosed(node)),
        ["relay-board"] = node => ReadBoard(node, boards),
        ["http"] = ReadHttp,
        ["exec"] = node => new ExecSwitch(ReadProgram(node.Require("on")), ReadProgram(node.Require("off"))),
    };

    /// <summary>Reads them.</summary>
    /// <param name="node">The value of <c>feeds</c>; null when the file has none.</param>
    /// <exception cref="ConfigurationException">A device is not there, cannot be switched so, or stands twice; feeds feed each
    /// other.</exception>
    public IReadOnlyList<RigFeed> Read(ConfigurationNode? node)
    {
        List<RigFeed> feeds = [];
        foreach (string name in node?.Keys ?? [])
        {
            feeds.Add(ReadFeed(name, node!.Require(name), feeds));
        }

        return [.. feeds.Select(feed => feed with { Feed = feed.Feed with { Devices = [.. Behind(feed, feeds)] } })];
    }

    private RigFeed ReadFeed(string name, ConfigurationNode node, List<RigFeed> before)
    {
        FeedSwitch switched = node.Require(GpioLineReader.Via).AsOneOf(_kinds)(node);
        List<DeviceId> fed = [];
        ConfigurationNode list = node.Require("devices");
        foreach (ConfigurationNode item in list.Items())
        {
            DeviceId device = RigPowerReader.ReadDevice(item, devices, switched is VirtualSwitch);
            bool isTaken = fed.Contains(device) || before.Any(feed => feed.Own.Contains(device));
            fed.Add(isTaken ? throw item.Wrong($"'{device}' a second time", "each device in one feed") : device);
        }

        ConfigurationNode? source = node.Find("fed-by");
        RigFeed read = new(new PowerFeed(name, fed, Rest(node.Find("minimum-off")), Rest(node.Find("minimum-on"))), switched)
        {
            // Only one that stands above: so no feed can be behind itself.
            FedBy = source is null || before.Any(feed => feed.Feed.Name == source.AsText())
                ? source?.AsText()
                : throw source.Wrong(
                    $"'{source.AsText()}'",
                    $"a feed that stands above this one: {string.Join(", ", before.Select(feed => feed.Feed.Name))}"),
            LoadAmperes = node.Find("load")?.AsNumber(0, MaximumLoadAmperes),
            DailyLimit = (int?)node.Find("daily-limit")?.AsInteger(1, MaximumDailyLimit),
        };
        node.RejectOtherKeys();
        return fed.Count > 0 ? read : throw list.Wrong("no device", "at least one device");
    }

    private static IEnumerable<DeviceId> Behind(RigFeed feed, List<RigFeed> feeds) =>
        feed.Own.Concat(feeds.Where(other => other.FedBy == feed.Feed.Name).SelectMany(other => Behind(other, feeds)));

    private static TimeSpan Rest(ConfigurationNode? node) => node?.AsDuration(TimeSpan.Zero, MaximumRest) ?? TimeSpan.Zero;

    private static bool IsNormallyClosed(ConfigurationNode node) => node.Require("contact").AsOneOf(Contacts);

    private static BoardSwitch ReadBoard(ConfigurationNode node, IReadOnlyList<RelayBoardSettings> boards)
    {
        ConfigurationNode board = node.Require("board");
        string name = board.AsText();
        return boards.Any(known => known.Name == name)
            ? new BoardSwitch(name, (int)node.Require("channel").AsInteger(1, RelayBoardReader.MaximumChannel), IsNormallyClosed(node))
            : throw board.Wrong($"'{name}'", $"a board of 'power.boards': {string.Join(", ", boards.Select(known => known.Name))}");
    }

    private static HttpSwitch ReadHttp(ConfigurationNode node)
    {
        ConfigurationNode? state = node.Find("state");
        HttpState? told = state is null ? null : new HttpState(ReadRequest(state), state.Require("on-when").AsText());
        state?.RejectOtherKeys();
        ConfigurationNode on = node.Require("on");
        ConfigurationNode off = node.Require("off");
        HttpSwitch read = new(ReadRequest(on), ReadRequest(off), told)
        {
            Authorization = node.Find("authorization") is { } secret ? SecretReference.Read(secret) : null,
        };
        on.RejectOtherKeys();
        off.RejectOtherKeys();
        return read;
    }

    private static HttpRequestText ReadRequest(ConfigurationNode node)
    {
        ConfigurationNode url = node.Require("url");
        return Uri.TryCreate(url.AsText(), UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
            ? new HttpRequestText(node.Find("method")?.AsOneOf(Methods) ?? "GET", address, node.Find("body")?.AsText() ?? string.Empty)
            : throw url.Wrong($"'{url.AsText()}'", "an address that begins with http:// or https://");
    }

    private static IReadOnlyList<string> ReadProgram(ConfigurationNode node)
    {
        string[] words = [.. node.Items().Select(item => item.AsText())];
        return words.Length > 0 ? words : throw node.Wrong("no word", "a program and its arguments");
    }
}
