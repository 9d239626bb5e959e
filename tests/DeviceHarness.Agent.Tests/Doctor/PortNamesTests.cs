using DeviceHarness.Agent.Doctor;
using DeviceHarness.Agent.Tests.Support;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Agent.Tests.Doctor;

public sealed class PortNamesTests : IDisposable
{
    private readonly TemporaryFolder _machine = new();
    private readonly UsbTree _tree;

    public PortNamesTests() => _tree = new UsbTree(_machine.Path);

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_name_by_order_is_told_with_the_stable_one_of_the_adapter()
    {
        string stable = _tree.Plug("ttyUSB0", "1-1", "A50285BI");

        (string Found, string Advice)? trouble = PortNames.TroubleWith("/dev/ttyUSB0", "/dev/ttyUSB0", _machine.Path);

        trouble!.Value.Found.Should().Be("'/dev/ttyUSB0' is another adapter's after the next replug");
        trouble.Value.Advice.Should().Be($"name it {stable}");
    }

    [Fact]
    public void A_name_by_serial_number_of_an_adapter_without_one_is_told_with_its_socket()
    {
        _tree.Plug("ttyUSB0", "1-1", string.Empty);

        (string Found, string Advice)? trouble =
            PortNames.TroubleWith("/dev/serial/by-id/usb-0403_6001-if00-port0", "/dev/ttyUSB0", _machine.Path);

        trouble!.Value.Found.Should().StartWith("the adapter has no serial number: any of its model (0403:6001)");
        trouble.Value.Advice.Should().EndWith("/dev/serial/by-path/pci-0000:00:14.0-usb-0:1-1:1.0-port0");
    }

    [Theory]
    [InlineData("/dev/serial/by-id/usb-0403_6001_A50285BI-if00-port0")]
    [InlineData("/dev/serial/by-path/pci-0000:00:14.0-usb-0:1-1:1.0-port0")]
    [InlineData("/dev/ttyAMA0")]
    public void A_name_that_stays_is_good(string name)
    {
        _tree.Plug("ttyUSB0", "1-1", "A50285BI");

        PortNames.TroubleWith(name, "/dev/ttyUSB0", _machine.Path).Should().BeNull();
    }

    [Fact]
    public void Where_nobody_knows_the_adapter_both_ways_are_told() =>
        PortNames.TroubleWith("/dev/ttyACM0", "/dev/ttyACM0", _machine.Path)!.Value.Advice.Should().Contain("by-id").And.Contain("by-path");
}
