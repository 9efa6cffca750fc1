@{
    # The one place of the version: the assemblies and the package take it from here.
    ModuleVersion        = '0.1.0'
    GUID                 = 'ae03e500-308b-4a70-8ae3-f30e7b7106d0'
    RootModule           = 'PatternAnalysis.psm1'

    Author               = 'The PatternAnalysis authors'
    CompanyName          = 'PatternAnalysis'
    Copyright            = '(c) 2026 The PatternAnalysis authors. MIT License.'
    Description          = 'Finds what coding agents do over and over, shows that it is not chance, prices it, refuses what is dangerous, and queues the rest for a human decision.'

    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('PatternAnalysis.Format.ps1xml')

    CmdletsToExport      = @(
        'Import-HookEvent'
        'Register-HookRecorder'
        'Unregister-HookRecorder'
        'Get-ToolSequence'
        'Find-RepeatedPattern'
        'Measure-PatternMetric'
        'Measure-PatternWorth'
        'Set-PatternClassification'
        'Test-PatternDanger'
        'Save-PatternApproval'
        'Invoke-PatternAnalysis'
        'Show-PatternDemo'
        'Optimize-PatternDatabase'
        'Test-PatternDatabase'
        'Protect-HookEvent'
        'Remove-HookEvent'
        'Send-PatternNotification'
        'Export-PatternReport'
        'Export-PatternWorkflow'
        'Register-PatternAnalysisTask'
        'Get-PatternAnalysisTask'
        'Test-PatternAnalysisTask'
        'Start-PatternAnalysisTask'
        'Unregister-PatternAnalysisTask'
        'Get-PatternApproval'
        'Approve-Pattern'
        'Deny-Pattern'
        'Reset-Pattern'
        'Start-PatternReview'
        'Get-PatternReviewHistory'
        'Get-PatternStatistic'
        'Get-PatternRun'
        'Get-PatternAnalysisStatus'
        'Measure-AgentCost'
        'Measure-PatternEffect'
        'Get-ExistingAutomation'
        'Export-PatternPermission'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags = @('PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'agents', 'hooks', 'automation', 'patterns', 'SQLite')
            # Packing adds ReleaseNotes, ProjectUri, LicenseUri and IconUri here: tools/PackageTasks.ps1.
        }
    }
}
