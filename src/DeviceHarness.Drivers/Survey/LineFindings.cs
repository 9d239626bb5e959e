using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Hdlc;

namespace DeviceHarness.Drivers.Survey;

/// <summary>What is known of a line and of the device on it; it grows while the survey runs, and what was found stays.</summary>
public sealed class LineFindings
{
    private readonly List<SurveyAttempt> _attempts = [];
    private readonly List<SurveyProblem> _problems = [];
    private readonly List<SurveyedAssociation> _associations = [];
    private readonly List<SurveyedValue> _values = [];

    /// <summary>What was tried, in order.</summary>
    public IReadOnlyList<SurveyAttempt> Attempts => _attempts;

    /// <summary>What is not known, and why.</summary>
    public IReadOnlyList<SurveyProblem> Problems => _problems;

    /// <summary>Rate and form at which the device answers HDLC; null before it did.</summary>
    public LineSetting? Line { get; internal set; }

    /// <summary>Whether rate and form are those that the line had, since it cannot be changed.</summary>
    public bool IsLineFixed { get; internal set; }

    /// <summary>The rate at which the device is signed on to, in baud; null where it answers HDLC from the start.</summary>
    public int? SignOnBaud { get; internal set; }

    /// <summary>How the device called itself at the sign-on; empty when it did not.</summary>
    public string Identification { get; internal set; } = string.Empty;

    /// <summary>The HDLC address from which the device answers; null before it did.</summary>
    public HdlcAddress? Address { get; internal set; }

    /// <summary>What the HDLC link agreed on without a proposal.</summary>
    public HdlcParameters Parameters { get; internal set; } = HdlcParameters.Default;

    /// <summary>Whether the line sends our own octets back, as an optical head does.</summary>
    public bool IsEchoing { get; internal set; }

    /// <summary>Octets that came and were part of no message.</summary>
    public int NoiseOctets { get; internal set; }

    /// <summary>The associations that were opened.</summary>
    public IReadOnlyList<SurveyedAssociation> Associations => _associations;

    /// <summary>The logical devices that the device tells of.</summary>
    public IReadOnlyList<SurveyedLogicalDevice> LogicalDevices { get; internal set; } = [];

    /// <summary>The objects of the last association whose list was read; those that came, when it was cut short.</summary>
    public IReadOnlyList<SurveyedObject> Objects { get; internal set; } = [];

    /// <summary>Whether the object list came whole.</summary>
    public bool IsListWhole { get; internal set; }

    /// <summary>The clients that the device has association objects for.</summary>
    public IReadOnlyList<SurveyedClient> Clients { get; internal set; } = [];

    /// <summary>Values that identify the device.</summary>
    public IReadOnlyList<SurveyedValue> Values => _values;

    /// <summary>The value of a name; empty when the device did not tell it.</summary>
    /// <param name="what">The name.</param>
    public string ValueOf(string what) => _values.FirstOrDefault(value => value.What == what)?.Value ?? string.Empty;

    internal void Add(SurveyAttempt attempt) => _attempts.Add(attempt);

    internal void Add(SurveyProblem problem) => _problems.Add(problem);

    internal void Add(SurveyedAssociation association) => _associations.Add(association);

    /// <summary>A value that was read again counts as it was read last, unless it was refused then.</summary>
    internal void Add(SurveyedValue value)
    {
        int known = _values.FindIndex(other => other.What == value.What);
        if (known < 0)
        {
            _values.Add(value);
        }
        else if (value.Problem.Length == 0)
        {
            _values[known] = value;
        }
    }
}
