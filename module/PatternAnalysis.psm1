# Loads the cmdlets in an AssemblyLoadContext of their own, so that they live beside any other module's SQLite. Only PatternAnalysis.dll,
# which references nothing but .NET, is loaded where scripts see its types: [PatternAnalysis.ToolSequence].

$sharedPath = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'PatternAnalysis.dll')
$sharedType = 'PatternAnalysis.Loading.LoadContext' -as [type]
if (-not $sharedType) {
    # Not Add-Type: it loads Microsoft.PowerShell.Utility first, which takes thirty times as long as this.
    $sharedType = [System.Reflection.Assembly]::LoadFrom($sharedPath).GetType('PatternAnalysis.Loading.LoadContext', $true)
}

# A loaded assembly stays until the process ends: another build of it cannot replace it, and mixing the two would fail in odd places.
if ($sharedType.Assembly.Location -ne $sharedPath) {
    $wanted = [System.Reflection.AssemblyName]::GetAssemblyName($sharedPath).Version
    $loaded = $sharedType.Assembly.GetName().Version
    if ($wanted -ne $loaded) {
        throw "PatternAnalysis $loaded is loaded in this process; version $wanted needs a new PowerShell session."
    }
}

# The cmdlet's full name, because other modules wrap Import-Module.
$cmdlets = Microsoft.PowerShell.Core\Import-Module -Assembly $sharedType::LoadModule() -PassThru

# When the assembly has been imported in this process before (-Force, Remove-Module then Import-Module), PowerShell imports it into this
# module without exporting its cmdlets again: https://github.com/PowerShell/PowerShell/issues/20710. There is no public way to say it.
$module = $ExecutionContext.SessionState.Module
$export = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
    if ($export -and -not $module.ExportedCmdlets.ContainsKey($cmdlet.Name)) {
        $null = $export.Invoke($module, @($cmdlet))
    }
}

# What becomes of the objects in a file, a job or another session, and in a spreadsheet. Not by TypesToProcess: that is read before another
# version is refused above. By the cmdlet's class, because its module takes long to load.
$class = 'Microsoft.PowerShell.Commands.UpdateTypeDataCommand, Microsoft.PowerShell.Commands.Utility' -as [type]
$update = [System.Management.Automation.CmdletInfo]::new('Update-TypeData', $class)
& $update -TypeData ([PatternAnalysis.Commands.TypeRegistration]::All()) -Force
