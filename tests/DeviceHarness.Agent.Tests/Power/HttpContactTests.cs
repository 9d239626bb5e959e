using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Power;
using DeviceHarness.Agent.Rig;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Power;

public sealed class HttpContactTests : IAsyncDisposable
{
    private readonly VirtualStrip _strip = new();
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _strip.DisposeAsync();
    }

    [Fact]
    public async Task An_outlet_is_switched_and_looked_at()
    {
        HttpContact contact = Contact(Switch());

        await contact.SetAsync(isOn: false, CancellationToken.None).DefaultTimeout();
        bool wasOff = !_strip.IsOn;
        await contact.SetAsync(isOn: true, CancellationToken.None).DefaultTimeout();

        (wasOff, _strip.IsOn).Should().Be((true, true));
        _strip.Requests.Should().Equal("GET /relay?turn=off", "GET /relay", "GET /relay?turn=on", "GET /relay");
    }

    [Fact]
    public async Task An_outlet_that_did_not_move_is_told()
    {
        _strip.IsStuck = true;

        TransportException fault = await FaultOf(Contact(Switch()));

        fault.Code.Should().Be("POWER-011");
        fault.Message.Should().Contain("its state says the opposite");
    }

    [Fact]
    public async Task A_strip_that_refuses_is_told_and_its_address_not_printed_whole()
    {
        Uri nowhere = new(_strip.Address, "/nowhere?password=hunter2");
        HttpSwitch outlet = Switch() with { Off = new HttpRequestText("GET", nowhere, string.Empty) };

        TransportException fault = await FaultOf(Contact(outlet));

        fault.Message.Should().Contain("404").And.NotContain("hunter2");
    }

    [Fact]
    public async Task A_strip_that_is_not_there_is_told()
    {
        await _strip.DisposeAsync();

        (await FaultOf(Contact(Switch()))).Message.Should().Contain("does not answer");
    }

    private HttpSwitch Switch() => new(
        new HttpRequestText("GET", new Uri(_strip.Address, "/relay?turn=on"), string.Empty),
        new HttpRequestText("GET", new Uri(_strip.Address, "/relay?turn=off"), string.Empty),
        new HttpState(new HttpRequestText("GET", new Uri(_strip.Address, "/relay"), string.Empty), "\"ison\":true"));

    private HttpContact Contact(HttpSwitch outlet) => new("mains-01", outlet, _client);

    private static async Task<TransportException> FaultOf(HttpContact contact)
    {
        Func<Task> off = () => contact.SetAsync(isOn: false, CancellationToken.None).DefaultTimeout();
        return (await off.Should().ThrowAsync<TransportException>()).Which;
    }
}
