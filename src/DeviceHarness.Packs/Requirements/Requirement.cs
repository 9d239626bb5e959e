using System.Text.Json.Serialization;

namespace DeviceHarness.Packs.Requirements;

/// <summary>What is to be done with a requirement.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RequirementKind>))]
public enum RequirementKind
{
    /// <summary>Implemented in the harness.</summary>
    I,

    /// <summary>Checked on a device with a case.</summary>
    C,

    /// <summary>Reproduced on purpose: a fault or a defect.</summary>
    R,

    /// <summary>Printed in a report or on a screen.</summary>
    P,

    /// <summary>Held as data.</summary>
    D,
}

/// <summary>One thing that a public paper asks of SMETS1 testing, in the words of this project.</summary>
/// <param name="Item">Its number, in the project's own count.</param>
/// <param name="Section">Its section: A for the SEC Panel paper SECP_79_1704_03 of 9 April 2020, B for EPCL Report 22 of 3 December 2021, C
/// for the DCC's conclusion on its SMETS1 delivery plan of 8 February 2019, D for TABASC_50_0602_13 of 30 January 2020, E for the DCC's
/// conclusions on SMETS1 changes to the SEC Subsidiary Documents of 13 June 2018.</param>
/// <param name="Kind">What is to be done with it.</param>
/// <param name="Text">The requirement in one line.</param>
public sealed record Requirement(int Item, string Section, RequirementKind Kind, string Text)
{
    /// <summary>Whether a case of a pack is to show it.</summary>
    public bool WantsCase => Kind is RequirementKind.C or RequirementKind.R;
}

/// <summary>What shows a requirement.</summary>
/// <param name="Item">The requirement's number.</param>
/// <param name="Cases">The cases, as <c>pack case</c>; the id that a pack writes for a case of each row stands for all of them.</param>
/// <param name="Tests">Tests of the harness, as project, file and name, where no case of a device can show it, or not all of it.</param>
/// <param name="Gap">What is still missing, or why no case shows it; empty where the cases show all of it.</param>
public sealed record RequirementProof(int Item, IReadOnlyList<string> Cases, IReadOnlyList<string> Tests, string Gap)
{
    /// <summary>How far it is shown.</summary>
    public ProofState State => (Cases.Count, Gap.Length, Tests.Count) switch
    {
        ( > 0, 0, _) => ProofState.ByCase,
        ( > 0, _, _) => ProofState.Partly,
        (_, _, > 0) => ProofState.ByTest,
        _ => ProofState.Missing,
    };
}

/// <summary>How far a requirement is shown.</summary>
public enum ProofState
{
    /// <summary>By cases, all of it.</summary>
    ByCase,

    /// <summary>By cases, not all of it: the gap says what is missing.</summary>
    Partly,

    /// <summary>By no case, and by tests of the harness.</summary>
    ByTest,

    /// <summary>Not at all: the gap says why.</summary>
    Missing,
}
