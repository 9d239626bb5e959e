using DeviceHarness.Abstractions.Errors;
using DeviceHarness.TestKit;
using DeviceHarness.Transports.Serial;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Transports.Tests.Serial;

/// <summary>Adapters in a tree as the kernel and udev make it; on a kernel of its own: tests/DeviceHarness.Guest.</summary>
public sealed class UsbSerialAdaptersTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("usb-").FullName;
    private readonly UsbTree _tree;

    public UsbSerialAdaptersTests() => _tree = new UsbTree(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void An_adapter_is_told_by_what_does_not_change_when_it_is_plugged_in_again()
    {
        string name = _tree.Plug("ttyUSB0", "1-1.2", "A50285BI");
        Directory.CreateDirectory(Path.Combine(_root, "sys", "class", "tty", "ttyUSB9"));

        UsbSerialAdapter found = UsbSerialAdapters.Find(_root).Should().ContainSingle("ttyUSB9 is no USB device").Which;

        found.Should().BeEquivalentTo(new
        {
            DevicePath = Path.Combine(_root, "dev", "ttyUSB0"),
            Socket = "1-1.2",
            Model = "0403:6001",
            Interface = "00.0",
            SerialNumber = "A50285BI",
            ById = name,
            ByPath = Path.Combine(_root, "dev/serial/by-path/pci-0000:00:14.0-usb-0:1-1.2:1.0-port0"),
        });
        found.StableName([found]).Should().Be(name);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("0001", "0001", false)]
    [InlineData("0001", "0002", true)]
    public void Two_alike_are_named_by_their_sockets(string first, string second, bool haveNumbers)
    {
        _tree.Plug("ttyUSB0", "1-1", first);
        _tree.Plug("ttyUSB1", "1-2", second);

        IReadOnlyList<UsbSerialAdapter> all = UsbSerialAdapters.Find(_root);

        all.Select(adapter => adapter.HasOwnNumber(all)).Should().Equal(haveNumbers, haveNumbers);
        all.Select(adapter => adapter.StableName(all)).Should().Equal(
            all.Select(adapter => haveNumbers ? adapter.ById : adapter.ByPath)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void One_of_another_model_with_the_same_number_is_not_alike()
    {
        _tree.Plug("ttyUSB0", "1-1", "0001");
        _tree.Plug("ttyUSB1", "1-2", "0001", product: "6014");

        IReadOnlyList<UsbSerialAdapter> all = UsbSerialAdapters.Find(_root);

        all.Should().HaveCount(2).And.OnlyContain(adapter => adapter.HasOwnNumber(all));
    }

    [Fact]
    public void A_name_that_two_adapters_share_is_refused_and_their_sockets_are_told()
    {
        string shared = _tree.Plug("ttyUSB0", "1-1", "0001");
        _tree.Plug("ttyUSB1", "1-2", "0001");
        string target = Path.Combine(_root, "dev", "ttyUSB1");

        Action open = () => UsbSerialAdapters.RequireOne(shared, target, "esme-01", _root);
        Action bySocket = () => UsbSerialAdapters.RequireOne(UsbSerialAdapters.Find(_root)[1].ByPath, target, "esme-01", _root);

        TransportException fault = open.Should().Throw<TransportException>().Which;
        fault.Code.Should().Be("TRAN-008");
        fault.Message.Should().Contain("usb-0:1-1:1.0-port0").And.Contain("usb-0:1-2:1.0-port0");
        bySocket.Should().NotThrow();
    }

    [Fact]
    public void A_name_of_its_own_and_one_whose_twin_was_pulled_out_are_taken()
    {
        string shared = _tree.Plug("ttyUSB0", "1-1", "0001");
        _tree.Plug("ttyUSB1", "1-2", "0001");
        string own = _tree.Plug("ttyUSB2", "1-3", "0002");
        _tree.Pull("ttyUSB1");

        Action open = () =>
        {
            UsbSerialAdapters.RequireOne(shared, Path.Combine(_root, "dev", "ttyUSB0"), "esme-01", _root);
            UsbSerialAdapters.RequireOne(own, Path.Combine(_root, "dev", "ttyUSB2"), "esme-02", _root);
        };

        open.Should().NotThrow();
    }

    [Fact]
    public void A_machine_without_terminals_has_none() => UsbSerialAdapters.Find(Path.Combine(_root, "none")).Should().BeEmpty();
}
