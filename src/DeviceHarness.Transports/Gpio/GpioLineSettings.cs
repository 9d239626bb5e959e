namespace DeviceHarness.Transports.Gpio;

/// <summary>One line of a GPIO chip, and how it is wired.</summary>
public sealed record GpioLineSettings
{
    /// <summary>The chip: its path (<c>/dev/gpiochip0</c>) or its label (<c>pinctrl-bcm2711</c>), which does not change with the
    /// kernel.</summary>
    public required string Chip { get; init; }

    /// <summary>The line: its name (<c>GPIO17</c>) or its number on the chip.</summary>
    public required string Line { get; init; }

    /// <summary>Whether the line is active at a low level: for a relay board that switches on low, or an opto-coupler that pulls
    /// down.</summary>
    public bool IsActiveLow { get; init; }

    /// <summary>The pull at the line.</summary>
    public GpioBias Bias { get; init; }

    /// <summary>How long an input has to stand before it counts, 0 to 4,294 s; the kernel rounds it.</summary>
    public TimeSpan Debounce { get; init; }

    /// <summary>Who holds the line, as the kernel tells others: 31 octets at most, longer ones are cut.</summary>
    public string Consumer { get; init; } = "DeviceHarness";
}
